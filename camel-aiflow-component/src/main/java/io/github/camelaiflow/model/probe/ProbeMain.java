package io.github.camelaiflow.model.probe;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.files.ModelLoader;
import java.io.IOException;
import java.io.PrintStream;

/** The main class of the JVM that tries one model file; {@link ModelProbe} starts it. */
public final class ProbeMain {

    private ProbeMain() {}

    /** Reads a request, loads and asks the model, answers, and ends the JVM. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        ProbeRequest.Received received = ProbeRequest.read(System.in);
        endAfter(received.request().milliseconds());
        out.print(answer(received).line());
        out.flush();
        // at once: a runtime's threads must not keep it
        Runtime.getRuntime().halt(0);
    }

    private static void endAfter(long milliseconds) {
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(milliseconds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        end.setDaemon(true);
        end.start();
    }

    private static ProbeAnswer answer(ProbeRequest.Received received) {
        ProbeRequest request = received.request();
        try (Model model =
                new ModelLoader().load(request.spec(), received.file()).model()) {
            if (!request.rows().isEmpty()) {
                model.predict(new ModelInput.Rows(request.rows()));
            }
            return new ProbeAnswer(null);
        } catch (ModelException e) {
            return new ProbeAnswer(e.getMessage());
        } catch (DataException e) {
            // the records don't fit; whoever recorded them will be told when they are judged
            return new ProbeAnswer(null);
        }
    }
}
