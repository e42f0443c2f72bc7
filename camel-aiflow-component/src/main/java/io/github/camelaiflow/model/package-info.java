/** Loads, checks, holds, swaps and closes models. A model turns rows or tensors into one outcome per row. */
package io.github.camelaiflow.model;
