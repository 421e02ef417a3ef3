"""Calendar days of any year, where `datetime` ends at 9999 (proleptic Gregorian calendar)."""

DAY = 24 * 60 * 60 * 1000
ERA_DAYS, ERA_YEARS = 146_097, 400
DAYS_TO_1970 = 719_468
"""From 1 March of year 0 to 1 January 1970."""


def civil(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1 January 1970."""
    era, day_of_era = divmod(days + DAYS_TO_1970, ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return year_of_era + era * ERA_YEARS + (month <= 2), month, day


def show_moment(milliseconds: int) -> str:
    """A time since 1970, UTC, as `2013-01-23T13:42:42.000`.

    Years beyond 9999 have more digits; those before 1 are counted backwards without a sign, as Java's formats do.
    """
    days, rest = divmod(milliseconds, DAY)
    year, month, day = civil(days)
    if year < 1:
        year = 1 - year
    seconds, fraction = divmod(rest, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}.{fraction:03d}"
