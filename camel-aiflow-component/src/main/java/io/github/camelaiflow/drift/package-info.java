/**
 * Compares windows of records with a reference and answers STABLE, DRIFTED or INSUFFICIENT_DATA with the numbers. A
 * {@code Reference} holds what records looked like, a {@code DriftMonitor} collects a window and has it judged elsewhere
 * when it is full, a {@code DriftReport} says what came out. Alarms have a budget, which holds at any sample size and over
 * all fields.
 */
package io.github.camelaiflow.drift;
