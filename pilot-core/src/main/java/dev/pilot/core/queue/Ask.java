package dev.pilot.core.queue;

import dev.pilot.api.run.ClaimRequest;
import dev.pilot.core.access.Reach;
import java.util.List;

/**
 * A worker's question for work.
 *
 * @param request who asks for what
 * @param reach whose runs it may get
 */
public record Ask(ClaimRequest request, Reach reach) {
    /**
     * What it may take.
     *
     * @return the same for workers that can do the same for the same projects
     */
    public List<Object> kind() {
        return List.of(request.labels(), request.runners(), reach);
    }
}
