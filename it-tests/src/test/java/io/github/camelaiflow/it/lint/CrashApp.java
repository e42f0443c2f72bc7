package io.github.camelaiflow.it.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** All crash cases in a process of their own, which a test kills. */
public final class CrashApp {

    /** The record at which the first run stands still. */
    static final String HELD = "r3";

    private CrashApp() {}

    /** @param args broker, folder, whether to stand still, then topics: the flagged and the mended one of each case */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        LabContext context = Lab.context(args[0]);
        int next = 3;
        for (CrashCase one : CrashCase.values()) {
            for (boolean mended : new boolean[] {false, true}) {
                String topic = args[next++];
                boolean holds = Boolean.parseBoolean(args[2]);
                context.addRoutes(one.routes(mended, topic, folder, work(folder, topic, holds)));
            }
        }
        context.start();
        new CountDownLatch(1).await();
    }

    /** Writes a record down where it survives the process; before that it stands still at one. */
    private static Processor work(Path folder, String topic, boolean holds) {
        return (Exchange exchange) -> {
            String record = exchange.getMessage().getBody(String.class);
            if (holds && record.equals(HELD)) {
                append(folder.resolve(topic + ".held"), record);
                new CountDownLatch(1).await();
            }
            append(folder.resolve(topic + ".seen"), record);
        };
    }

    private static synchronized void append(Path file, String record) throws Exception {
        Files.write(file, (record + "\n").getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
