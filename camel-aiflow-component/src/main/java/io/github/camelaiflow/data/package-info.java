/**
 * The vocabulary every feature speaks: what a record looks like, what a model answered, what was wrong. Immutable values
 * only; depends on nothing else of the project.
 */
package io.github.camelaiflow.data;
