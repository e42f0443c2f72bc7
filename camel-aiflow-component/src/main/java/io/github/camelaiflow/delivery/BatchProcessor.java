package io.github.camelaiflow.delivery;

import java.util.List;

/** Decides about records. Called by several threads, each with records of its own partitions. */
@FunctionalInterface
public interface BatchProcessor {

    /**
     * What becomes of the records of one poll. Nothing of it may be visible outside: that comes with the commit. May be asked again about
     * the same records.
     *
     * @param batch in the order of their partitions; not empty
     * @return one outcome a record, in order
     * @throws Exception if nothing can be said now (what it needs is away, or it is being stopped); then the records are asked about again
     *     later, and none after them before
     */
    List<Outcome> process(List<Incoming> batch) throws Exception;
}
