/**
 * Tests of all columns together, which find what no column shows by itself: that values no longer go together as they did. All are
 * exact at any sample size: what they compare is either permuted or independent of which rows are the window's.
 */
package io.github.camelaiflow.drift.multivariate;
