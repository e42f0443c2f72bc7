/**
 * What a flow's records looked like, in sketches that can be merged, stored and compared: profiles, how they are made of
 * records and files, and what tests of drift read from them.
 */
package io.github.camelaiflow.drift.profile;
