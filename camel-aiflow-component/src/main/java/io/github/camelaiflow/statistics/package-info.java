/** Tests and samplers that features build on; knows nothing of the project. */
package io.github.camelaiflow.statistics;
