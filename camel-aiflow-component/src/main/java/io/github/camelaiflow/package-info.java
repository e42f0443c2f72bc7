/**
 * The Camel layer: turns an {@code aiflow:operation:name} URI into a step, an exchange into records and back, and keeps the
 * flows with their life cycle. Camel types stop here (and in {@code management}).
 */
package io.github.camelaiflow;
