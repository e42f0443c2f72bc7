/** Tells operators what flows do: counts, meters, MBeans, health. Observes; never decides. */
package io.github.camelaiflow.management;
