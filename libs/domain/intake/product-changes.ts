// A product that was put again: its devices' files are read anew, with its rules and thresholds of today.
import { Injectable } from '@nestjs/common';
import { ProductChanges } from '#domain/devices';
import { FileRoom } from './file-room.js';

@Injectable()
export class FileProductChanges extends ProductChanges {
  constructor(private readonly files: FileRoom) {
    super();
  }

  async changed(productId: string): Promise<void> {
    this.files.forgetWhere(({ product }) => product.id === productId);
  }
}
