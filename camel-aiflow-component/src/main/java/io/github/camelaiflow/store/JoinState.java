package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.util.List;
import java.util.Optional;

/** What a table knows that {@link JoinRules} decides by. Used by one thread at a time. */
interface JoinState {

    /** Whether the left half of that id waits or is joined. */
    boolean knows(String id);

    /** The left half of that id that waits. */
    Optional<Left> waiting(String id);

    /** The left halves of that alias that wait, in the order they came. */
    List<Left> waitingOf(String alias);

    /** The content the left half of that id was joined with. */
    Optional<String> said(String id);

    /** The contents the left halves of that alias were joined with: none, the one, or two of several different ones. */
    List<String> saidOf(String alias);

    /** The right half that waits for that id. */
    Optional<Right> rightFor(String id);

    /** The right half for all left halves of that alias, those to come too; whether or not it has found one. */
    Optional<Right> rightForAll(String alias);

    /** A left half waits from now on. */
    void keep(Left left);

    /** A right half waits from now on, or, having an alias, has found a left half and is there for those to come. */
    void keep(Right right, boolean found);

    /** The right half for all of that alias has found a left half. */
    void found(String alias);

    /** Makes a pair; of both halves what waits for an id no longer does. */
    Joined join(Left left, Right right);
}
