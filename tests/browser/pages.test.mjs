import { described } from './pages.mjs';
import { hold } from './support/rules.mjs';

described.forEach(hold);
