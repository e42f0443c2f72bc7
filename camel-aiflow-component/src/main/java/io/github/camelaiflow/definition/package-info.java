/** Reads a flow's definition and reports everything that is wrong with it at once, each with place and mend. */
package io.github.camelaiflow.definition;
