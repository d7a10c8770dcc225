# Writes the logs of Inspect by hand, as .json and as .eval.
import json, os, zipfile
eval_ = {"eval_id": "e1", "run_id": "r1", "created": "2026-10-01T08:00:00+00:00", "task": "security_guide", "task_id": "t1",
  "task_version": 0, "task_file": "tasks/security_guide.py", "dataset": {"name": "security", "samples": 2, "sample_ids": [1, "two"]},
  "model": "anthropic/claude-sonnet-4-5", "config": {"epochs": 2},
  "revision": {"type": "git", "origin": "https://example.org/agents.git", "commit": "0123456789ab", "dirty": False}, "packages": {"inspect_ai": "0.3.150"}}
def usage(i, o, read=None, write=None, reasoning=None):
  u = {"input_tokens": i, "output_tokens": o, "total_tokens": i + o + (read or 0) + (write or 0)}
  if read is not None: u["input_tokens_cache_read"] = read
  if write is not None: u["input_tokens_cache_write"] = write
  if reasoning is not None: u["reasoning_tokens"] = reasoning
  return u
def sample(id, epoch, value, seconds, tokens, **more):
  return {"id": id, "epoch": epoch, "input": "Is it safe?", "target": "no", "messages": [],
    "scores": {"includes": {"value": value, "answer": "no"}} if value is not None else None,
    "model_usage": {"anthropic/claude-sonnet-4-5": tokens, "openai/gpt-4o": usage(40, 2)},
    "total_time": seconds, "working_time": seconds - 0.5, **more}
samples = [sample(1, 1, "C", 10.0, usage(100, 20, 50, 10, 5)), sample("two", 1, "I", 8.0, usage(90, 10)),
  sample(1, 2, "P", 12.0, usage(110, 25)),
  sample("two", 2, None, 3.0, usage(30, 1), error={"message": "TimeoutError: sandbox", "traceback": "…", "traceback_ansi": "…"})]
log = {"version": 2, "status": "success", "eval": eval_, "plan": {"name": "plan", "steps": []},
  "results": {"total_samples": 4, "completed_samples": 3, "scores": []}, "stats": {"started_at": "2026-10-01T08:00:00+00:00"}}
json.dump({**log, "samples": samples}, open("inspect/log.json", "w"), indent=2)
summaries = [{**{k: v for k, v in s.items() if k not in ("messages", "error")}, "completed": True,
  **({"error": s["error"]["message"]} if "error" in s else {})} for s in samples]
def write(name, members):
  with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
    for member, value in members:
      z.writestr(zipfile.ZipInfo(member, (2026, 10, 1, 8, 0, 0)), json.dumps(value), zipfile.ZIP_DEFLATED)
write("inspect/log.eval", [("_journal/start.json", {"version": 2, "eval": eval_, "plan": {}}),
  *[(f"samples/{s['id']}_epoch_{s['epoch']}.json", s) for s in samples],
  ("_journal/summaries/1.json", summaries), ("summaries.json", summaries), ("header.json", log)])
old = [{k: s[k] for k in ("id", "epoch", "input", "target", "scores")} for s in summaries[:2]]
write("inspect/old.eval", [("_journal/start.json", {"version": 2, "eval": eval_, "plan": {}}),
  *[(f"samples/{s['id']}_epoch_{s['epoch']}.json", s) for s in samples[:2]], ("summaries.json", old)])
