package io.github.camelaiflow.delivery;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What delivery logs while this is open, also for debugging, with stacks; the console doesn't get it meanwhile. */
public final class DeliveryLog implements AutoCloseable {

    private static final String NAME = "io.github.camelaiflow.delivery";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AbstractAppender appender =
            new AbstractAppender("delivery log", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    StringWriter line = new StringWriter();
                    line.append(event.getLevel() + " " + event.getMessage().getFormattedMessage() + "\n");
                    if (event.getThrown() != null) {
                        event.getThrown().printStackTrace(new PrintWriter(line, true));
                    }
                    lines.add(line.toString());
                }
            };

    public DeliveryLog() {
        Configurator.setLevel(NAME, Level.DEBUG);
        logger = (Logger) LogManager.getLogger(NAME);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    /** An entry each. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.setAdditive(true);
        logger.removeAppender(appender);
        Configurator.setLevel(NAME, Level.WARN);
    }
}
