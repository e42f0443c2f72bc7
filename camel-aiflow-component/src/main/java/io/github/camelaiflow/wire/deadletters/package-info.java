/** Dead letters after they were set aside: taken into the store, looked at, mended, replayed at most once, discarded. */
package io.github.camelaiflow.wire.deadletters;
