/** The app around the routes: what Quarkus needs to be told in code, and the demo. */
package io.github.camelaiflow.app;
