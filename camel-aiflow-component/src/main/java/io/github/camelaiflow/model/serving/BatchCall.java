package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * One batch on its worker's thread. If the call fails in a way that may be one row's doing, it is halved and asked again until
 * only the culprits fail; a failure that may pass fails all at once, since asking on would only add to a server's trouble.
 */
final class BatchCall {

    private final List<Waiting> rows;
    private final Function<ModelInput, ServedModel.Answer> model;
    private Thread worker = Thread.currentThread();

    /** To be made and run on one thread. */
    BatchCall(List<Waiting> rows, Function<ModelInput, ServedModel.Answer> model) {
        this.rows = rows;
        this.model = model;
        rows.forEach(row -> row.startedIn(this));
    }

    /** Nobody may be left who waits: then the worker is interrupted, as a call of one caller is. */
    synchronized void abandoned() {
        if (worker != null && rows.stream().allMatch(Waiting::gone)) {
            worker.interrupt();
        }
    }

    private synchronized void ended() {
        worker = null;
        Thread.interrupted();
    }

    /** Answers every row or fails it. Throws nothing. */
    void run() {
        Deque<List<Waiting>> open = new ArrayDeque<>();
        open.push(rows);
        try {
            while (!open.isEmpty()) {
                ask(open.pop().stream().filter(row -> !row.gone()).toList(), open);
            }
        } finally {
            ended();
        }
    }

    private void ask(List<Waiting> part, Deque<List<Waiting>> open) {
        if (part.isEmpty()) {
            return;
        }
        try {
            answer(
                    part,
                    model.apply(SingleRows.together(
                            part.stream().map(Waiting::input).toList())));
        } catch (ModelException e) {
            if (e.retryable()) {
                open.push(part);
                open.forEach(rest -> rest.forEach(row -> row.failed(new ModelException(true, e.getMessage(), e))));
                open.clear();
            } else {
                halve(part, e, open);
            }
        } catch (DataException e) {
            halve(part, e, open);
        } catch (RuntimeException e) {
            halve(part, e, open);
        } catch (Error e) {
            part.forEach(row -> row.failed(e));
        }
    }

    private static void answer(List<Waiting> part, ServedModel.Answer answer) {
        if (answer.outcomes().size() != part.size()) {
            throw new ModelException(
                    false,
                    "model " + answer.version() + " must answer each row once, answered " + part.size() + " rows with "
                            + answer.outcomes().size());
        }
        for (int i = 0; i < part.size(); i++) {
            part.get(i)
                    .answered(new ServedModel.Answer(
                            answer.version(),
                            answer.sha256(),
                            List.of(answer.outcomes().get(i))));
        }
    }

    private static void halve(List<Waiting> part, RuntimeException error, Deque<List<Waiting>> open) {
        if (part.size() == 1) {
            part.get(0).failed(error);
            return;
        }
        int middle = part.size() / 2;
        open.push(part.subList(middle, part.size()));
        open.push(part.subList(0, middle));
    }
}
