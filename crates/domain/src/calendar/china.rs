//! China's public holidays and make-up days, year by year, as the General Office of the State Council announced them.
//!
//! A year is added when its notice is out, in November of the year before. Until a program with it is installed, the
//! company enters the notice itself (kind `calendar` of configuration).

use jiff::civil::date;

use crate::base::Date;

/// Why a day is a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Festival {
    NewYear,
    SpringFestival,
    TombSweeping,
    LabourDay,
    DragonBoat,
    MidAutumn,
    NationalDay,
}

/// The notice that a table comes from: 国办发明电〔`year`〕`n`号.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub year: i16,
    pub n: u8,
    /// The day on which it was published.
    pub published: Date,
}

/// What one notice says of a year.
#[derive(Clone, Copy, Debug)]
pub struct YearTable {
    pub year: i16,
    pub notice: Notice,
    /// First and last day of each, both included. They may begin in the year before.
    pub holidays: &'static [(Festival, Date, Date)],
    /// Saturdays and Sundays that are worked instead.
    pub workdays: &'static [Date],
}

/// The table of the year; `None` while none is known.
pub fn year_table(year: i16) -> Option<&'static YearTable> {
    YEARS.iter().find(|table| table.year == year)
}

/// All tables, the oldest first.
pub fn year_tables() -> &'static [YearTable] {
    YEARS
}

const fn days(festival: Festival, first: Date, last: Date) -> (Festival, Date, Date) {
    (festival, first, last)
}

const YEARS: &[YearTable] = &[
    YearTable {
        year: 2022,
        notice: Notice { year: 2021, n: 11, published: date(2021, 10, 25) },
        holidays: &[
            days(Festival::NewYear, date(2022, 1, 1), date(2022, 1, 3)),
            days(Festival::SpringFestival, date(2022, 1, 31), date(2022, 2, 6)),
            days(Festival::TombSweeping, date(2022, 4, 3), date(2022, 4, 5)),
            days(Festival::LabourDay, date(2022, 4, 30), date(2022, 5, 4)),
            days(Festival::DragonBoat, date(2022, 6, 3), date(2022, 6, 5)),
            days(Festival::MidAutumn, date(2022, 9, 10), date(2022, 9, 12)),
            days(Festival::NationalDay, date(2022, 10, 1), date(2022, 10, 7)),
        ],
        workdays: &[
            date(2022, 1, 29),
            date(2022, 1, 30),
            date(2022, 4, 2),
            date(2022, 4, 24),
            date(2022, 5, 7),
            date(2022, 10, 8),
            date(2022, 10, 9),
        ],
    },
    YearTable {
        year: 2023,
        notice: Notice { year: 2022, n: 16, published: date(2022, 12, 8) },
        holidays: &[
            days(Festival::NewYear, date(2022, 12, 31), date(2023, 1, 2)),
            days(Festival::SpringFestival, date(2023, 1, 21), date(2023, 1, 27)),
            days(Festival::TombSweeping, date(2023, 4, 5), date(2023, 4, 5)),
            days(Festival::LabourDay, date(2023, 4, 29), date(2023, 5, 3)),
            days(Festival::DragonBoat, date(2023, 6, 22), date(2023, 6, 24)),
            days(Festival::NationalDay, date(2023, 9, 29), date(2023, 10, 6)),
        ],
        workdays: &[
            date(2023, 1, 28),
            date(2023, 1, 29),
            date(2023, 4, 23),
            date(2023, 5, 6),
            date(2023, 6, 25),
            date(2023, 10, 7),
            date(2023, 10, 8),
        ],
    },
    YearTable {
        year: 2024,
        notice: Notice { year: 2023, n: 7, published: date(2023, 10, 25) },
        holidays: &[
            days(Festival::NewYear, date(2024, 1, 1), date(2024, 1, 1)),
            days(Festival::SpringFestival, date(2024, 2, 10), date(2024, 2, 17)),
            days(Festival::TombSweeping, date(2024, 4, 4), date(2024, 4, 6)),
            days(Festival::LabourDay, date(2024, 5, 1), date(2024, 5, 5)),
            days(Festival::DragonBoat, date(2024, 6, 10), date(2024, 6, 10)),
            days(Festival::MidAutumn, date(2024, 9, 15), date(2024, 9, 17)),
            days(Festival::NationalDay, date(2024, 10, 1), date(2024, 10, 7)),
        ],
        workdays: &[
            date(2024, 2, 4),
            date(2024, 2, 18),
            date(2024, 4, 7),
            date(2024, 4, 28),
            date(2024, 5, 11),
            date(2024, 9, 14),
            date(2024, 9, 29),
            date(2024, 10, 12),
        ],
    },
    YearTable {
        year: 2025,
        notice: Notice { year: 2024, n: 12, published: date(2024, 11, 12) },
        holidays: &[
            days(Festival::NewYear, date(2025, 1, 1), date(2025, 1, 1)),
            days(Festival::SpringFestival, date(2025, 1, 28), date(2025, 2, 4)),
            days(Festival::TombSweeping, date(2025, 4, 4), date(2025, 4, 6)),
            days(Festival::LabourDay, date(2025, 5, 1), date(2025, 5, 5)),
            days(Festival::DragonBoat, date(2025, 5, 31), date(2025, 6, 2)),
            days(Festival::NationalDay, date(2025, 10, 1), date(2025, 10, 8)),
        ],
        workdays: &[
            date(2025, 1, 26),
            date(2025, 2, 8),
            date(2025, 4, 27),
            date(2025, 9, 28),
            date(2025, 10, 11),
        ],
    },
    YearTable {
        year: 2026,
        notice: Notice { year: 2025, n: 7, published: date(2025, 11, 4) },
        holidays: &[
            days(Festival::NewYear, date(2026, 1, 1), date(2026, 1, 3)),
            days(Festival::SpringFestival, date(2026, 2, 15), date(2026, 2, 23)),
            days(Festival::TombSweeping, date(2026, 4, 4), date(2026, 4, 6)),
            days(Festival::LabourDay, date(2026, 5, 1), date(2026, 5, 5)),
            days(Festival::DragonBoat, date(2026, 6, 19), date(2026, 6, 21)),
            days(Festival::MidAutumn, date(2026, 9, 25), date(2026, 9, 27)),
            days(Festival::NationalDay, date(2026, 10, 1), date(2026, 10, 7)),
        ],
        workdays: &[
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ],
    },
];
