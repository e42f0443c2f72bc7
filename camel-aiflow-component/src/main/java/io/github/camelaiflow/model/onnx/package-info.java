/** Models answered by ONNX Runtime. Loaded only where the runtime is. */
package io.github.camelaiflow.model.onnx;
