/**
 * Asks a model on an Open Inference Protocol v2 server: rows and arrays become requests, responses outcomes, failures a
 * {@link io.github.camelaiflow.model.ModelException} that says whether trying again can help. How the bytes travel is the
 * {@link io.github.camelaiflow.model.remote.Transport}'s.
 */
package io.github.camelaiflow.model.remote;
