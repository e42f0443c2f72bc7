/** The model in use for a version: leases, swaps, and what stands between a caller and it. */
package io.github.camelaiflow.model.serving;
