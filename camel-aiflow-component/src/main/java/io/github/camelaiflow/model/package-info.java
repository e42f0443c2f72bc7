/**
 * Loads, checks, holds, swaps and closes models. {@link io.github.camelaiflow.model.ModelLoader} turns the bytes of a
 * file and a {@link io.github.camelaiflow.model.ModelSpec} into a {@link io.github.camelaiflow.model.Model};
 * {@link io.github.camelaiflow.model.ServedModel} holds the one in use for a version and swaps it under load; a model
 * turns rows or tensors into one outcome per row. A backend is one class behind {@code Model}: {@code TribuoModel},
 * {@code OnnxModel} (loaded only where ONNX Runtime is), {@link io.github.camelaiflow.model.RulesModel}.
 */
package io.github.camelaiflow.model;
