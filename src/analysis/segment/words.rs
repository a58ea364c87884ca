//! The word lists behind the sentence rules, each sorted for bisection.

/// Titles: a name follows, so the stop never ends a sentence.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "Adm", "Amb", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Dr", "Fr", "Gen", "Gov", "Hon", "Insp", "Lt",
    "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Pres", "Prof", "Pvt", "Rep", "Reps", "Rev", "Sen",
    "Sens", "Sgt", "Supt",
];

/// Never at the end of a sentence.
#[rustfmt::skip]
pub(super) const NEVER_FINAL: &[&str] = &[
    "approx", "ca", "cf", "e.g", "eg", "esp", "i.e", "ie", "incl", "v", "viz", "vs",
];

/// Final only when a sentence opener follows.
#[rustfmt::skip]
pub(super) const SELDOM_FINAL: &[&str] = &[
    "Assn", "Ave", "Blvd", "Bros", "Co", "Corp", "Dept", "Esq", "Ft", "Govt", "Inc", "Intl", "Jr", "Ltd",
    "M.D", "Mt", "Natl", "Ph.D", "Plc", "Rd", "Sec", "Sr", "St", "al", "dept", "govt", "ret",
];

/// A number belongs to them; before anything else they are ordinary words.
#[rustfmt::skip]
pub(super) const BEFORE_NUMBER: &[&str] = &[
    "Apr", "Art", "Aug", "Ch", "Dec", "Feb", "Fig", "Jan", "Jul", "Jun", "Mar", "No", "Nos", "Nov", "Oct",
    "Para", "Sec", "Sep", "Sept", "Vol", "art", "ch", "fig", "no", "nos", "p", "para", "pp", "sec", "vol",
];

/// Countries and places written as initials; they can end a sentence.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "D.C", "D.P.R.K", "D.R.C", "E.U", "L.A", "N.Y", "P.R.C", "U.A.E", "U.K", "U.N", "U.S", "U.S.A",
    "U.S.S.R",
];

/// Capitalised words that carry on after the initials of a country.
#[rustfmt::skip]
pub(super) const AFTER_PLACE: &[&str] = &[
    "Administration", "Africa", "Agency", "Air", "Ambassador", "Armed", "Army", "Assistant", "Attorney",
    "Border", "Bureau", "Cabinet", "Capitol", "Census", "Central", "Chamber", "Charter", "Chief", "Coast",
    "Commander", "Commerce", "Congress", "Congressman", "Congresswoman", "Constitution", "Consulate",
    "Court", "Customs", "Cyber", "Defence", "Defense", "Democrat", "Democratic", "Democrats", "Department",
    "Deputy", "District", "Embassy", "Energy", "Envoy", "European", "Fed", "Federal", "Food", "Forces",
    "Foreign", "General", "Geological", "Government", "High", "Homeland", "House", "Human", "Immigration",
    "Indo-Pacific", "Institute", "Interior", "Joint", "Justice", "Labor", "Marine", "Marines", "Mission",
    "National", "Navy", "Northern", "Office", "Olympic", "Open", "Pacific", "Peace", "President", "Prime",
    "Refugee", "Relief", "Representative", "Republican", "Republicans", "Resident", "Secret", "Secretariat",
    "Secretary", "Secretary-General", "Security", "Senate", "Senator", "Senators", "Soccer", "Southern",
    "Space", "Special", "State", "Steel", "Strategic", "Supreme", "Trade", "Transportation", "Treasury",
    "Under", "Undersecretary", "Vice", "Virgin", "World",
];

/// What follows "a.m." and "p.m." inside a sentence.
#[rustfmt::skip]
pub(super) const AFTER_HOUR: &[&str] = &[
    "April", "August", "BST", "Beijing", "Berlin", "CEST", "CET", "Central", "December", "EDT", "EST", "ET",
    "Eastern", "February", "Friday", "GMT", "Israel", "January", "July", "June", "Kyiv", "London", "March",
    "May", "Monday", "Moscow", "Mountain", "November", "October", "PDT", "PST", "Pacific", "Paris",
    "Saturday", "September", "Sunday", "Thursday", "Tuesday", "UTC", "Wednesday",
];

/// Capitalised words that open a sentence rather than continue a name.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "A", "According", "After", "Again", "Against", "All", "Also", "Although", "Amid", "Among", "An",
    "Analysts", "And", "Another", "Any", "Are", "As", "At", "Because", "Before", "Between", "Both", "But",
    "By", "Can", "Could", "Critics", "Despite", "Did", "Diplomats", "Do", "Does", "During", "Each",
    "Earlier", "Either", "Even", "Every", "Everyone", "Experts", "Few", "Following", "For", "Former",
    "From", "Furthermore", "Had", "Has", "Have", "He", "Her", "Here", "His", "How", "However", "I", "If",
    "In", "Instead", "Is", "It", "Its", "Last", "Later", "Leaders", "Many", "Meanwhile", "More", "Moreover",
    "Most", "Much", "My", "Negotiations", "Negotiators", "Neither", "Nevertheless", "Next", "No", "Nobody",
    "None", "Nor", "Not", "Nothing", "Now", "Observers", "Of", "Officials", "On", "Once", "One", "Only",
    "Or", "Other", "Others", "Our", "Over", "Rebels", "Several", "She", "Should", "Since", "So", "Some",
    "Sources", "Still", "Such", "Talks", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "Though", "Through", "Throughout", "To", "Today", "Tomorrow", "Two", "Under", "Unless",
    "Until", "Was", "We", "Were", "What", "When", "Where", "Whether", "Which", "While", "Who", "Why",
    "Will", "With", "Within", "Without", "Would", "Yes", "Yesterday", "Yet", "You", "Your",
];

/// Verb forms that can only be the predicate of the capitalised words before them.
#[rustfmt::skip]
pub(super) const FINITE: &[&str] = &[
    "accused", "agreed", "also", "announced", "are", "asked", "called", "can", "could", "did", "does",
    "had", "has", "have", "insisted", "is", "may", "might", "must", "rejected", "said", "says", "should",
    "told", "urged", "wants", "warned", "was", "were", "will", "would",
];

/// Verbs that attribute the quotation before them.
#[rustfmt::skip]
pub(super) const ASKING: &[&str] = &[
    "added", "answered", "asked", "asks", "cried", "demanded", "exclaimed", "inquired", "posted", "quipped",
    "replied", "responded", "said", "says", "shouted", "told", "tweeted", "wondered", "wrote",
];

/// Whether the sorted `list` holds `word`.
pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [
            TITLES,
            NEVER_FINAL,
            SELDOM_FINAL,
            BEFORE_NUMBER,
            PLACES,
            AFTER_PLACE,
            AFTER_HOUR,
            OPENERS,
            FINITE,
            ASKING,
        ] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
