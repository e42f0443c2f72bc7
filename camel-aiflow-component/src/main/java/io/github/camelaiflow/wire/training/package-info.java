/** Trains a flow's model anew when a route says so. Speaks Camel; needs Tribuo's trainers, which the component brings. */
package io.github.camelaiflow.wire.training;
