/** The smallest uses, each a main of its own; README.md says how to run them and what they print. */
package io.github.camelaiflow.examples;
