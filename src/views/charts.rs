//! The charts of a council, and of England, as files of their own: drawn as on the pages, with what must be said where they stand alone.

use super::chart::Form;
use super::layout::Frame;
use super::picture::{Picture, file};
use super::trend::Subject;
use super::{funnel, strip, trend};
use crate::domain::council::Council;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::read::embed::EmbedPage;
use crate::read::national::NationalPage;
use crate::read::statistics::MeasureHistory;

/// A figure with its group; none where there is no rate to draw.
pub fn figure(frame: &Frame, page: &EmbedPage) -> Option<String> {
    let chart = strip::strip(&page.block, &page.council.name);
    let figure = page.block.figure.as_ref().map(|one| &one.figure).filter(|_| !chart.0.is_empty())?;
    let judgement = figure.measure.judgement();
    let counts = format::counts(figure).map(|counts| format!(" ({counts})")).unwrap_or_default();
    let title = format!(
        "{}: {}, {}: {}{counts}",
        page.council.official_name,
        format::uncapital(figure.measure.term()),
        page.year,
        format::value(figure)
    );
    let said = format!(
        "{}. Sand: the range expected. Dots: other {}. Line: the 95% interval. Dashes: their average.",
        figure.verdict.title(judgement),
        figure.similar.group.group()
    );
    let (width, height) = strip::SIZE;
    // Half as large again as in a page, so that its letters match those around it.
    let size = (width * 1.5, height * 1.5);
    Some(file(frame, &Picture { title: &title, said: &said, size, chart }))
}

/// All years of a measure; none where fewer than two have a rate.
pub fn trend(frame: &Frame, council: &Council, history: &MeasureHistory) -> Option<String> {
    let subject = Subject {
        measure: history.measure,
        name: &council.name,
        group: council.kind.short_group(),
        synthetic: frame.synthetic,
    };
    let chart = trend::of_council(&history.figures(), subject, Form::Wide);
    let title = format!("{}: {}, year by year", council.official_name, format::uncapital(history.measure.term()));
    let said = format!(
        "Sand: the range expected. Upright lines: 95% intervals. Squares: the verdict. Dashes: the average of {}. No line crosses a change in what is counted.",
        council.kind.group()
    );
    (!chart.0.is_empty()).then(|| file(frame, &Picture { title: &title, said: &said, size: trend::SIZE, chart }))
}

/// The council in the funnel of its kind; none where too few councils have counts.
pub fn funnel(frame: &Frame, council: &Council, history: &MeasureHistory) -> Option<String> {
    let one = history.funnel.as_ref()?;
    let group = council.kind.group();
    let chart = funnel::funnel(one, &council.name, group, frame.synthetic, Form::Wide);
    let title =
        format!("{}: {} among {group}, {}", council.official_name, format::uncapital(history.measure.term()), one.year);
    let said = "Cases across, rate up. By chance alone 95% lie in the inner funnel, 99.8% in the outer.";
    Some(file(frame, &Picture { title: &title, said, size: trend::SIZE, chart }))
}

/// A published rate of England over the years; none where fewer than two have one.
pub fn england(frame: &Frame, page: &NationalPage, measure: Measure) -> Option<String> {
    let (_, values) = page.series.iter().find(|(one, _)| *one == measure)?;
    let subject = Subject { measure, name: "England", group: "", synthetic: page.synthetic };
    let chart = trend::of_rates(values, subject, Form::Wide);
    let title = format!("England: {}, year by year", format::uncapital(measure.term()));
    let said = "From the counts published, or the rate published where there are none. No line crosses a change in what is counted.";
    (!chart.0.is_empty()).then(|| file(frame, &Picture { title: &title, said, size: trend::SIZE, chart }))
}
