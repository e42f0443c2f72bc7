/** Compares windows of records with a reference and answers STABLE, DRIFTED or INSUFFICIENT_DATA with the numbers. */
package io.github.camelaiflow.drift;
