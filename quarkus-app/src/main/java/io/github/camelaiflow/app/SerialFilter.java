package io.github.camelaiflow.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Config;
import org.jboss.logging.Logger;

/**
 * The process's filter of Java deserialization, set before anything else runs: nothing here reads Java objects, and a library that does
 * gets plain values of the JDK only. One set from outside ({@code -Djdk.serialFilter}) stays.
 */
@ApplicationScoped
class SerialFilter {

    /**
     * Numbers, texts, times and collections of these, in bounded size; of {@code java.net} (CVE-2026-42527), libraries and applications
     * nothing. The image's JVM is started with the same, and docs/security-model.md tells it: a test compares them.
     */
    static final String PATTERN = "!java.net.**;java.lang.*;java.math.*;java.time.*;java.util.*;"
            + "maxdepth=20;maxrefs=10000;maxarray=10000;maxbytes=1048576;!*";

    private static final Logger LOG = Logger.getLogger(SerialFilter.class);

    void install(@Observes @Initialized(ApplicationScoped.class) Object started) {
        install();
    }

    static synchronized void install() {
        if (Config.getSerialFilter() != null) {
            LOG.debug("jdk.serialFilter is set from outside and stays");
            return;
        }
        ObjectInputFilter filter = Config.createFilter(PATTERN);
        Config.setSerialFilter(filter);
    }
}
