/** Rows become the numbers a model reads; what is wrong with a row is told at once. */
package io.github.camelaiflow.model.features;
