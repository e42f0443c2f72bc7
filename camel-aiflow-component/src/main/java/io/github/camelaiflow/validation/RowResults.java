package io.github.camelaiflow.validation;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** Results of row expectations, made when they are asked for: a record that is valid needs none. */
final class RowResults extends AbstractList<ExpectationResult> {

    private final Tally tally;
    private final int[] positions;

    RowResults(Tally tally) {
        this.tally = tally;
        this.positions = tally.plan().rowPositions();
    }

    /** The results of the expectations not all values met. */
    List<ExpectationResult> unmet() {
        List<ExpectationResult> unmet = List.of();
        for (int position : positions) {
            if (tally.unmet(position)) {
                unmet = unmet.isEmpty() ? new ArrayList<>() : unmet;
                unmet.add(tally.row(position));
            }
        }
        return unmet;
    }

    @Override
    public ExpectationResult get(int i) {
        return tally.row(positions[i]);
    }

    @Override
    public int size() {
        return positions.length;
    }
}
