/**
 * The contract every model meets, whatever answers: {@link io.github.camelaiflow.model.Model} takes rows or tensors and gives
 * one {@link io.github.camelaiflow.model.Outcome} a row. Rooms: {@code features} (rows to numbers), {@code onnx},
 * {@code tribuo} and {@code rules} (backends), {@code files} (what is taken as a model file, and its loading), {@code serving}
 * (the model in use for a version). Backends know neither each other nor what stands above them.
 */
package io.github.camelaiflow.model;
