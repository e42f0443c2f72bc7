package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.change.ChangeStatus;
import java.util.List;

/**
 * What the detector says of a version's losses. An alert tells, and never asks for action: its budget is how often it is false, not whether it
 * ever is. Immutable.
 *
 * @param status CHANGED from an alarm on for as many labels as a window has; then the detector begins anew
 * @param labels how many labels the detector was shown
 * @param alarms how many alarms there were
 * @param last the last of them, at most 20, oldest first
 * @param evidence for a change now
 * @param threshold what the evidence must reach
 */
public record LossAlert(
        ChangeStatus status, long labels, long alarms, List<Alarm> last, double evidence, double threshold) {

    public LossAlert {
        last = List.copyOf(last);
    }
}
