import { serveJobs } from '../../../src/formats/process/child.ts';

/** What a test can ask of a child. */
export type TestJob =
  | { readonly do: 'echo'; readonly value: unknown }
  | { readonly do: 'environment'; readonly names: readonly string[] }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'fill'; readonly megabytes: number }
  | { readonly do: 'throw'; readonly message: string }
  | {
      readonly do: 'step';
      readonly steps: readonly unknown[];
      readonly end: 'hang' | 'exit' | 'throw' | 'return';
    }
  | { readonly do: 'noise' | 'stray' | 'exit' | 'hang' | 'hoard' | 'abort' | 'pid' };

const hoard: Buffer[] = [];

serveJobs<TestJob>(async (job, begun) => {
  switch (job.do) {
    case 'echo':
      return job.value;
    case 'environment':
      return job.names.map((name) => process.env[name]);
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, job.milliseconds));
      return job.milliseconds;
    case 'fill':
      return new Uint32Array((job.megabytes * 1024 * 1024) / 4).fill(7);
    case 'throw':
      throw new Error(job.message);
    case 'step':
      for (const step of job.steps) begun(step);
      if (job.end === 'exit') return process.exit(7);
      if (job.end === 'throw') throw new Error('thrown');
      while (job.end === 'hang');
      return 'returned';
    case 'noise':
      console.log('noise on the terminal');
      console.error('noise on the terminal');
      return 'quiet';
    case 'stray':
      void Promise.reject(new Error('nobody waits for this'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      return 'alive';
    case 'exit':
      return process.exit(7);
    case 'abort':
      return process.abort();
    case 'hang':
      for (;;);
    case 'hoard':
      for (;;) hoard.push(Buffer.alloc(8 * 1024 * 1024, 1));
    case 'pid':
      return process.pid;
  }
});
