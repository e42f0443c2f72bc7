/** Trains a model from labelled records, as a flow declares them. */
package io.github.camelaiflow.model.training;
