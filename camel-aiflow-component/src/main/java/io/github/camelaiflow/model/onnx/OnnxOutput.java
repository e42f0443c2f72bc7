package io.github.camelaiflow.model.onnx;

/**
 * One output of a model that the Java API can't read as it is: see {@link OnnxGraph}.
 *
 * @param valueName under which name it is read
 * @param hasName what tells whether there is a value; {@code null} if there always is
 * @param element what a sequence's elements were before they were made readable; {@code null} to leave them
 */
record OnnxOutput(String valueName, String hasName, OnnxType element) {}
