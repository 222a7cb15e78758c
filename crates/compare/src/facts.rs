//! Words of facts: months and days, currencies, units of measure and scale.

/// What kind of fact a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Date,
    Currency,
    Unit,
}

const DATES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
];

const CURRENCIES: &[&str] = &[
    "$", "£", "€", "¥", "₹", "dollar", "dollars", "pound", "pounds", "euro", "euros", "yen",
    "yuan", "rupee", "rupees", "franc", "francs", "peso", "pesos", "rouble", "roubles", "ruble",
    "rubles", "won", "usd", "eur", "gbp", "inr", "cent", "cents", "pence", "penny",
];

const UNITS: &[&str] = &[
    "%",
    "percent",
    "cent",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "lakh",
    "crore",
    "dozen",
    "km",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "mile",
    "miles",
    "metre",
    "metres",
    "meter",
    "meters",
    "foot",
    "feet",
    "inch",
    "inches",
    "yard",
    "yards",
    "mm",
    "cm",
    "kg",
    "kilo",
    "kilos",
    "kilogram",
    "kilograms",
    "gram",
    "grams",
    "tonne",
    "tonnes",
    "ton",
    "tons",
    "ounce",
    "ounces",
    "litre",
    "litres",
    "liter",
    "liters",
    "gallon",
    "gallons",
    "barrel",
    "barrels",
    "acre",
    "acres",
    "hectare",
    "hectares",
    "mph",
    "kwh",
    "mw",
    "gw",
    "kw",
    "gb",
    "mb",
    "tb",
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "decade",
    "decades",
    "century",
    "centuries",
    "degrees",
    "celsius",
    "fahrenheit",
];

/// The fact that a word may belong to, beside a number where `by_number`: many of these words mean other things alone.
pub(crate) fn fact(word: &str, is_capital: bool, by_number: bool) -> Option<Fact> {
    let word = word.to_lowercase();
    let is_in = |list: &[&str]| list.contains(&word.as_str());
    // "May" and "March" are months with a capital, and "today" is a day without.
    if is_in(DATES) && (is_capital || word.ends_with("day") || word == "tomorrow") {
        return Some(Fact::Date);
    }
    if is_in(CURRENCIES) && (by_number || !word.starts_with(|c: char| c.is_alphabetic())) {
        return Some(Fact::Currency);
    }
    (is_in(UNITS) && by_number).then_some(Fact::Unit)
}

/// Whether digits may be a year.
pub(crate) fn is_year(digits: &str) -> bool {
    digits.len() == 4 && matches!(digits.parse(), Ok(1500..=2199_u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_fact_where_it_can_be_one() {
        assert_eq!(fact("May", true, false), Some(Fact::Date));
        assert_eq!(fact("may", false, false), None);
        assert_eq!(fact("today", false, false), Some(Fact::Date));
        assert_eq!(fact("pounds", false, true), Some(Fact::Currency));
        assert_eq!(fact("pounds", false, false), None);
        assert_eq!(fact("£", false, false), Some(Fact::Currency));
        assert_eq!(fact("miles", false, true), Some(Fact::Unit));
        assert!(is_year("2026") && !is_year("9999") && !is_year("20"));
    }
}
