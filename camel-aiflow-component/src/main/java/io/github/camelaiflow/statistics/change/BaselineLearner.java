package io.github.camelaiflow.statistics.change;

/** Learns from the first values what a detector must know of the time without change. */
interface BaselineLearner {

    void check(double value);

    void add(double value);

    /** A detector on what was learned. */
    StreamDetector detector();

    void clear();

    void write(StateWriter to);

    /** Reads what was learned from so many values. */
    void read(StateReader from, int values);

    /** Losses, for e-detectors. */
    static BaselineLearner ofLosses(AlarmRule rule, double falseAlarms) {
        return new BaselineLearner() {
            private ReferenceLosses losses = new ReferenceLosses();

            @Override
            public void check(double value) {
                StreamDetector.checkLoss(value);
            }

            @Override
            public void add(double value) {
                losses.add(value);
            }

            @Override
            public StreamDetector detector() {
                return new EDetector(rule, Baseline.learned(losses, falseAlarms));
            }

            @Override
            public void clear() {
                losses = new ReferenceLosses();
            }

            @Override
            public void write(StateWriter to) {
                losses.write(to);
            }

            @Override
            public void read(StateReader from, int values) {
                losses = ReferenceLosses.read(from, values);
                StateReader.check(losses.count() == values);
            }
        };
    }
}
