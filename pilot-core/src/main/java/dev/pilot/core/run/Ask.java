package dev.pilot.core.run;

import dev.pilot.api.run.ClaimRequest;
import dev.pilot.core.access.Reach;
import java.util.List;

/**
 * A worker's question for work.
 *
 * @param request who asks for what
 * @param reach whose runs it may get
 */
record Ask(ClaimRequest request, Reach reach) {
    /** What it may take: the same for workers that can do the same for the same projects. */
    List<Object> kind() {
        return List.of(request.labels(), request.runners(), reach);
    }
}
