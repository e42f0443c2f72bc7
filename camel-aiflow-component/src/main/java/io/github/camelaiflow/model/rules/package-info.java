/** Models written as rules in a definition. */
package io.github.camelaiflow.model.rules;
