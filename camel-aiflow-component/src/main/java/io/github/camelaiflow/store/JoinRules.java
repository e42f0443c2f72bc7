package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Outcome;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What belongs together, the same whatever keeps it. Unless contents contradict each other, what is joined and what waits in the end
 * depends neither on the order halves come in nor on how often they do.
 */
final class JoinRules {

    private final JoinState state;

    JoinRules(JoinState state) {
        this.state = state;
    }

    Optional<Joined> left(Left left) {
        if (state.knows(left.id())) {
            return Optional.empty();
        }
        Optional<Right> forAll = left.alias() == null ? Optional.empty() : state.rightForAll(left.alias());
        // Even if the other one is taken: else it depended on the order which of both waits in the end
        forAll.ifPresent(right -> state.found(right.alias()));
        Optional<Right> right = state.rightFor(left.id()).or(() -> forAll);
        if (right.isEmpty()) {
            state.keep(left);
        }
        return right.map(it -> state.join(left, it));
    }

    Outcome right(Right right) {
        return right.id() == null ? rightForAll(right) : rightForOne(right);
    }

    private Outcome rightForOne(Right right) {
        Optional<String> said =
                state.said(right.id()).or(() -> state.rightFor(right.id()).map(Right::content));
        if (said.isPresent()) {
            return again(right, List.of(said.get()));
        }
        Optional<Left> left = state.waiting(right.id());
        if (left.isPresent()) {
            return joined(List.of(state.join(left.get(), right)));
        }
        state.keep(right, false);
        return new Outcome(Verdict.WAITING, List.of());
    }

    private Outcome rightForAll(Right right) {
        Optional<Right> first = state.rightForAll(right.alias());
        if (first.isPresent()) {
            return again(right, List.of(first.get().content()));
        }
        List<Left> lefts = state.waitingOf(right.alias());
        List<String> said = state.saidOf(right.alias());
        state.keep(right, !lefts.isEmpty() || !said.isEmpty());
        if (!lefts.isEmpty()) {
            List<Joined> pairs = new ArrayList<>();
            lefts.forEach(left -> pairs.add(state.join(left, right)));
            return joined(pairs);
        }
        return said.isEmpty() ? new Outcome(Verdict.WAITING, List.of()) : again(right, said);
    }

    private static Outcome joined(List<Joined> pairs) {
        return new Outcome(Verdict.JOINED, List.copyOf(pairs));
    }

    private static Outcome again(Right right, List<String> said) {
        boolean same = said.stream().allMatch(right.content()::equals);
        return new Outcome(same ? Verdict.DUPLICATE : Verdict.CONTRADICTION, List.of());
    }
}
