export { type CreateProduct, createProduct } from './create.ts';
export { findProduct, listProducts } from './find.ts';
export type { ListedProduct, Product } from './product.ts';
export { removeProduct } from './remove.ts';
export { renameProduct } from './rename.ts';
