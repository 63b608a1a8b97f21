//! Towns and villages by name, from `data/places.csv`, which `tools/build_places.py` makes of GeoNames.
//!
//! A name can be many places. Which councils serve one is asked of the boundaries in force when somebody asks for it.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::names;

/// A town or village of England.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Place {
    /// As written on maps.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Residents as GeoNames has them; 0 where it does not say.
    pub population: u64,
}

/// All places, by folded name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    /// Folded names of `places`, in their order.
    folded: Vec<String>,
    by_name: HashMap<String, Vec<usize>>,
}

/// How alike a name must be to be offered in place of one that is none; villages are many, so more than for councils.
const ALIKE: f64 = 0.9;

/// Case and punctuation folded, and “Saint” written as on maps.
fn fold(name: &str) -> String {
    let words = names::plain_words(name);
    words.iter().map(|word| if word == "saint" { "st" } else { word }).collect::<Vec<_>>().join(" ")
}

impl Gazetteer {
    /// Reads the table.
    ///
    /// # Errors
    /// A row has not the four columns of a place.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, csv::Error> {
        let mut gazetteer = Self::default();
        for place in csv::Reader::from_reader(bytes).deserialize::<Place>() {
            let (place, at) = (place?, gazetteer.places.len());
            let folded = fold(&place.name);
            // “Basford, Stoke-on-Trent” is also a Basford.
            if let Some((short, _)) = place.name.split_once(',') {
                gazetteer.by_name.entry(fold(short)).or_default().push(at);
            }
            gazetteer.by_name.entry(folded.clone()).or_default().push(at);
            gazetteer.folded.push(folded);
            gazetteer.places.push(place);
        }
        Ok(gazetteer)
    }

    /// All places in the order of their names.
    #[cfg(test)]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The places of exactly this name.
    pub fn named(&self, name: &str) -> Vec<&Place> {
        let found = self.by_name.get(&fold(name)).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|at| self.places.get(*at)).collect()
    }

    /// The places of the longest name with which the text begins, and the folded words after it.
    pub fn named_first(&self, text: &str) -> Option<(Vec<&Place>, String)> {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        (1..words.len()).rev().find_map(|count| {
            let (name, rest) = words.split_at_checked(count)?;
            let found = self.by_name.get(&name.join(" "))?;
            Some((found.iter().filter_map(|at| self.places.get(*at)).collect(), rest.join(" ")))
        })
    }

    /// The places whose names begin with the text, the largest first.
    pub fn beginning(&self, text: &str, most: usize) -> Vec<&Place> {
        let typed = fold(text);
        let named = self.places.iter().zip(&self.folded);
        let found = named.filter(|(_, name)| name.starts_with(&typed)).map(|(place, _)| place);
        largest(found.collect(), most)
    }

    /// The places whose names are near a mistyped one, nearest first.
    pub fn near(&self, text: &str, most: usize) -> Vec<&Place> {
        let typed = fold(text);
        let named = self.places.iter().zip(&self.folded);
        let mut scored: Vec<(f64, &Place)> = named
            .map(|(place, name)| (names::likeness_folded(&typed, name), place))
            .filter(|(score, _)| *score >= ALIKE)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.population.cmp(&a.1.population)));
        scored.into_iter().take(most).map(|(_, place)| place).collect()
    }
}

fn largest(mut places: Vec<&Place>, most: usize) -> Vec<&Place> {
    places.sort_by_key(|place| std::cmp::Reverse(place.population));
    places.truncate(most);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        Gazetteer::from_csv(include_bytes!("../../data/places.csv")).unwrap()
    }

    #[test]
    fn a_name_can_be_several_places_and_is_found_in_any_case_and_spelling() {
        let places = gazetteer();
        assert_eq!(places.named("BELPER").len(), 1);
        assert!(places.named(" ripley ").len() >= 2);
        assert_eq!(places.named("Saint Albans"), places.named("St. Albans"));
        assert_eq!(places.named("saint albans").len(), 1);
        assert!(places.named("Basford").len() > 1, "one of them has its city in its name");
        assert!(places.named("Bexleyheath Spa").is_empty());
    }

    #[test]
    fn words_after_a_name_are_told_apart_from_it() {
        let places = gazetteer();
        let (found, rest) = places.named_first("Ripley, Amber Valley").unwrap();
        assert!(found.iter().all(|place| place.name == "Ripley"));
        assert_eq!(rest, "amber valley");
        assert_eq!(places.named_first("Newport Pagnell, Milton Keynes").unwrap().0.len(), 1);
        assert!(places.named_first("Ripley").is_none());
    }

    #[test]
    fn beginnings_and_slips_lead_to_places_of_some_size_first() {
        let places = gazetteer();
        assert_eq!(places.beginning("belp", 3).first().unwrap().name, "Belper");
        assert!(places.near("Belpper", 3).iter().any(|place| place.name == "Belper"));
        assert!(places.near("zzzz", 3).is_empty());
    }

    #[test]
    fn every_place_lies_in_or_near_england() {
        let places = gazetteer();
        assert!(places.places().len() > 4_000);
        for one in places.places() {
            assert!((49.8..55.9).contains(&one.latitude) && (-6.5..1.8).contains(&one.longitude), "{}", one.name);
        }
    }
}
