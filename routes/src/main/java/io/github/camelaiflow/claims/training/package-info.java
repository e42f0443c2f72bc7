/**
 * Trains the insurance case's models from generated claims when the project is built, measures them on claims they have
 * not seen, and writes the same bytes each time. Needs Tribuo's trainers, which users of the jar don't get.
 */
package io.github.camelaiflow.claims.training;
