package io.github.camelaiflow.wire.deadletters;

import java.nio.file.Path;

/** The same where letters are rows of a database. */
class DeadLetterDeskH2Test extends DeadLetterDeskTest {

    @Override
    String store(Path temp) {
        return "store: {url: \"jdbc:h2:file:" + temp.resolve("store") + "\"}\n";
    }
}
