package io.github.camelaiflow.statistics.change;

/** How the wealth of bets that started at different times becomes one figure. */
enum AlarmRule {
    /** Their sum: finds a change soonest (A. N. Shiryaev 1963; S. W. Roberts 1966). */
    SHIRYAEV_ROBERTS,
    /** The richest (E. S. Page 1954). */
    CUSUM
}
