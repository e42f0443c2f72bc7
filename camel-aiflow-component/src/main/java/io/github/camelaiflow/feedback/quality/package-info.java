/**
 * How good each version is, by labels that came: metrics with bounds that hold at any number of looks, and the verdict whether a version has become
 * worse than the user's margin allows. Plain Java; knows the vocabulary of outcomes and statistics only.
 */
package io.github.camelaiflow.feedback.quality;
